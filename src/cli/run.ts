/** Runs one command line. */
import type { Readable, Writable } from 'node:stream';
import { analyzeFiles } from './analyze.ts';
import { readArguments } from './arguments.ts';
import { CommandError, ExitStatus } from './exit-status.ts';
import { help } from './help.ts';
import { linkFiles, openLink } from './link.ts';
import type { Surroundings } from './surroundings.ts';
import { Output } from './write-output.ts';

export interface Streams {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  color: boolean;
  version: string;
}

async function runCommand(args: string[], around: Surroundings, version: string): Promise<ExitStatus> {
  const command = readArguments(args);
  switch (command.name) {
    case 'help':
      await around.output.write(help);
      return ExitStatus.analysed;
    case 'version':
      await around.output.write(`framewalk ${version}\n`);
      return ExitStatus.analysed;
    case 'analyze':
      return analyzeFiles(command.files, command, around);
    case 'link':
      return linkFiles(command.files, command.base, around);
    case 'open':
      return openLink(command.link, command, around);
  }
}

/** Exit status of the command; messages for the person go to `stderr`. */
export async function run(args: string[], streams: Streams): Promise<ExitStatus> {
  const output = new Output(streams.stdout);
  const errors = new Output(streams.stderr);
  try {
    return await runCommand(args, { stdin: streams.stdin, output, errors, color: streams.color }, streams.version);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    await errors.write(`framewalk: ${error.message}\n`);
    return ExitStatus.unusable;
  }
}

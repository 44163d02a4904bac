/** Files given with --knowledge: all of them are used, or the command says what is wrong with one. */
import { readFile } from 'node:fs/promises';
import { readKnowledge } from '../core/index.ts';
import type { AnalysedCase } from '../core/model/case.ts';
import type { Knowledge } from '../core/model/knowledge.ts';
import { CommandError } from './exit-status.ts';
import { explained } from './read-input.ts';

function refused(path: string, problems: readonly string[]): string {
  return `${path} is not used as knowledge:${problems.map((problem) => `\n  ${problem}`).join('')}`;
}

export async function knowledgeFrom(paths: readonly string[]): Promise<Knowledge[]> {
  const all: Knowledge[] = [];
  for (const path of paths) {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      throw explained(path, error);
    }
    const { knowledge, problems } = readKnowledge(text, path);
    if (knowledge === undefined) throw new CommandError(refused(path, problems));
    all.push(knowledge);
  }
  return all;
}

/** What was wrong with files of knowledge among the files of the case. */
export function knowledgeProblems(analysed: AnalysedCase): string {
  const wrong = (analysed.knowledge ?? []).filter((file) => file.problems.length > 0);
  return wrong.map((file) => `framewalk: ${refused(file.name, file.problems)}\n`).join('');
}

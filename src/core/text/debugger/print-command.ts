/** What a `print` asked for: `p $rsp`, `p/x $_siginfo._sifields._sigfault.si_addr`, `output/x $pc`, `p *out`. */
import { registerName } from './register-name.ts';

const ofVariable = /^(?:p|print|inspect|call|output)(?:[ \t]*\/[a-z]{1,3})?[ \t]+\(?\$([A-Za-z_][\w.]{0,120})\)?$/;
const printing =
  /^(?:p|print|inspect|call|output|expr|expression)(?:[ \t]*\/[a-z]{1,3})?(?:[ \t]+(?:-f[ \t]*\w{1,12}|-o|--))*[ \t]+(.{1,400})$/;

export interface PrintCommand {
  /** The register or convenience variable, as printed and by its name here; '' = it was none. */
  variable: string;
  name: string;
  /** What was asked for; '' = the command printed nothing. */
  expression: string;
}

/** Commands seen: a long session repeats a few. */
const commands = new Map<string, PrintCommand>();
const mostCommands = 1000;

export function printCommandOf(command: string): PrintCommand {
  const known = commands.get(command);
  if (known !== undefined) return known;
  const text = command.trim();
  const variable = ofVariable.exec(text)?.[1] ?? '';
  const read = { variable, name: registerName(variable), expression: printing.exec(text)?.[1]?.trim() ?? '' };
  if (commands.size >= mostCommands) commands.clear();
  commands.set(command, read);
  return read;
}

/** Exit statuses of the command. */
export const ExitStatus = {
  analysed: 0,
  nothingRecognised: 1,
  /** A usage error, or a file or link that cannot be read. */
  unusable: 2,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/** An error whose message is for the person: what was expected, what was found, where, and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

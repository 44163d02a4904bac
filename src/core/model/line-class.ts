/** What was made of a line. Every line has exactly one class, so that the three counts of a report add up. */
export const LineClass = {
  /** Text that is no form of any reader: kept, never "unrecognised". */
  prose: 0,
  recognised: 1,
  /** Looks like a form of the reference but could not be read. */
  unrecognised: 2,
  /** Blank, not yet given to a neighbour. */
  blank: 3,
} as const;
export type LineClass = (typeof LineClass)[keyof typeof LineClass];

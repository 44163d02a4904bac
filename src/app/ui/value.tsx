import { digitsOf } from './digits.ts';

/** A word's value with its leading zeros dimmed; the full value is in the accessible name of the row. */
export function Value({ value, wordSize = 8 }: { value: bigint; wordSize?: 4 | 8 }) {
  const { prefix, zeros, rest } = digitsOf(value, wordSize);
  return (
    <>
      {prefix}
      {zeros !== '' && <span className="dim-zeros">{zeros}</span>}
      {rest}
    </>
  );
}

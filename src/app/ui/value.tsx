import { digitsOf } from './digits.ts';

/** A word's value with its leading zeros dimmed; they are decoration: read out, the value is the same without them. */
export function Value({ value, wordSize = 8 }: { value: bigint; wordSize?: 4 | 8 }) {
  const { prefix, zeros, rest } = digitsOf(value, wordSize);
  return (
    <>
      {prefix}
      {zeros !== '' && (
        <span className="dim-zeros" aria-hidden="true">
          {zeros}
        </span>
      )}
      {rest}
    </>
  );
}

/** Floating-point numbers as gdb prints them (gdb/target-float.c: `%.17g`, `%.9g` for four bytes), back to their bits. */

/** Significant digits with which every number of that many bytes can be told. */
const significant = { 4: 9, 8: 17 } as const;
const fractionBits = { 4: 23n, 8: 52n } as const;
const nan = /^(-?)nan\(0x([0-9a-f]{1,13})\)$/;
const finite = /^-?\d{1,17}(?:\.\d{1,20})?(?:e[+-]\d{2,3})?$/;

const view = new DataView(new ArrayBuffer(8));

/** As `%.<digits>g` prints `value`. */
function printed(value: number, digits: number): string {
  const [mantissa = '', power = '0'] = Math.abs(value)
    .toExponential(digits - 1)
    .split('e');
  const exponent = Number(power);
  const all = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const withPoint = (whole: string, fraction: string): string => sign + whole + (fraction === '' ? '' : `.${fraction}`);
  if (exponent < -4 || exponent >= digits) {
    const shown = Math.abs(exponent).toString().padStart(2, '0');
    return `${withPoint(all.slice(0, 1), all.slice(1))}e${exponent < 0 ? '-' : '+'}${shown}`;
  }
  if (exponent < 0) return withPoint('0', '0'.repeat(-exponent - 1) + all);
  return withPoint(all.slice(0, exponent + 1).padEnd(exponent + 1, '0'), all.slice(exponent + 1));
}

function bitsOfNumber(value: number, size: 4 | 8): bigint {
  if (size === 8) {
    view.setFloat64(0, value);
    return view.getBigUint64(0);
  }
  view.setFloat32(0, value);
  return BigInt(view.getUint32(0));
}

/** The bits of `text` in `size` bytes; undefined where its digits do not tell all of them. */
export function floatBits(text: string, size: 4 | 8): bigint | undefined {
  const odd = nan.exec(text);
  if (odd !== null) {
    const fraction = BigInt(`0x${odd[2] ?? ''}`);
    const bits = fractionBits[size];
    if (fraction === 0n || fraction >> bits !== 0n) return undefined;
    const width = BigInt(size * 8);
    const exponent = ((1n << (width - 1n - bits)) - 1n) << bits;
    return (odd[1] === '-' ? 1n << (width - 1n) : 0n) | exponent | fraction;
  }
  if (text === 'inf' || text === '-inf') return bitsOfNumber(text === 'inf' ? Infinity : -Infinity, size);
  if (!finite.test(text)) return undefined;
  const value = size === 4 ? Math.fround(Number(text)) : Number(text);
  return printed(value, significant[size]) === text ? bitsOfNumber(value, size) : undefined;
}

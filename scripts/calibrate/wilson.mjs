/** Wilson's score interval for `right` of `total` trials; z = 1.96 is 95 %. */
export function wilson(right, total, z = 1.96) {
  if (total === 0) return { low: 0, high: 1 };
  const share = right / total;
  const spread = (z * z) / total;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((share * (1 - share)) / total + spread / (4 * total))) / (1 + spread);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

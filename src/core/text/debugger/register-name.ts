/** Names of registers: which are ones, which of them may hold pointers, and what they are called here. */

/** Flags, segments and masks: read, but no pointers. */
const side =
  /^(?:eflags|rflags|cpsr|fpsr|fpcr|[cdefgs]s|k[0-7]|fctrl|fstat|ftag|fiseg|fioff|foseg|fooff|fop|mxcsr|orig_[re]ax|pstate|xer|cr|vrsave)$/;
const known =
  /^(?:r[abcd]x|r[sd]i|r[sb]p|rip|r(?:[0-9]|[12][0-9]|3[01])|e[abcd]x|e[sd]i|e[sb]p|eip|x(?:[0-9]|[12][0-9]|30)|sp|pc|lr|fp|ra|gp|tp|[ast](?:[0-9]|1[01])|[fg]s_base|ctr|msr)$/;
/** gdb's names to the runtime's: x29 → r29, x30 → lr. */
export function registerName(name: string): string {
  if (name === 'x30') return 'lr';
  return /^x\d{1,2}$/.test(name) ? `r${name.slice(1)}` : name;
}

const proofs = new Map<string, 'amd64' | '386' | 'arm64'>([
  ['rip', 'amd64'],
  ['rax', 'amd64'],
  ['rbp', 'amd64'],
  ['rsp', 'amd64'],
  ['eip', '386'],
  ['x29', 'arm64'],
  ['x30', 'arm64'],
]);

export function provenArchitecture(register: string) {
  return proofs.get(register);
}

export function isSideRegister(name: string): boolean {
  return side.test(name);
}

export function isKnownRegister(name: string): boolean {
  return known.test(name);
}

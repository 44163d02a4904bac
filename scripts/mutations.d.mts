/** Start, end (exclusive) and what is added to an address between them. */
export type Move = [start: bigint, end: bigint, by: bigint];
export function movedBy(value: bigint, moves: readonly Move[]): bigint;
export function relocated(text: string, moves: readonly Move[]): string;
export function renamed(text: string, names: readonly (readonly [from: string, to: string])[]): string;
export function withConstant(text: string, constant: readonly [from: bigint, to: bigint]): string;
export function prompted(text: string, prompt: string): string;
export function wrapped(text: string): string;
export function quoted(text: string): string;
export function inMarkdown(text: string): string;
export function halves(text: string): [string, string];

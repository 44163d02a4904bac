/** Times and places that log layers tell, for people. */
import type { DocumentContext } from '../../core/model/document.ts';

const iso = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

/** '2025-03-01 10:00:00 UTC': seconds are enough, and the zone stays as printed. Other forms as they are. */
export function timeText(text: string): string {
  const match = iso.exec(text);
  if (match === null) return text;
  const [, date, clock, zone] = match;
  return [date, clock, zone === 'Z' ? 'UTC' : zone].filter((part) => part !== undefined).join(' ');
}

/** 'pod shop-7d9f, container server, host node-3'; '' when the layers tell none of it. */
export function placeText({ pod, container, host }: DocumentContext): string {
  const parts: [string, string | undefined][] = [
    ['pod', pod],
    ['container', container],
    ['host', host],
  ];
  return parts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name} ${value}`])).join(', ');
}

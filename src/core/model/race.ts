/** Race-detector reports (text of the race runtime, Go 1.22–1.27). */
import type { Address } from './address.ts';
import type { Frame } from './goroutine.ts';
import type { SourceRange } from './source.ts';

export interface RaceAccess {
  /** 'Read', 'Previous write', 'Atomic write' … as printed. */
  kind: string;
  /** What `kind` says. */
  access: 'read' | 'write';
  /** '7', or 'main'. */
  goroutine: string;
  frames: Frame[];
  source: SourceRange;
}

export interface Race {
  address: Address;
  accesses: RaceAccess[];
  source: SourceRange;
}

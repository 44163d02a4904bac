/** Slot glyphs and icons: 16 × 16 grid, drawn in the current colour, hidden from assistive technology. */

export type GlyphName = 'fp' | 'ret' | 'arg' | 'local' | 'ptr' | 'zero' | 'bad' | 'warn' | 'absent' | 'end';

const glyphPaths: Record<GlyphName, React.ReactNode> = {
  fp: (
    <path
      d="M5 8.2a2.2 2.2 0 0 1 2.2-2.2h1M11 7.8a2.2 2.2 0 0 1-2.2 2.2h-1M6.6 8h2.8"
      transform="translate(-1.6,-1.6) scale(1.2)"
    />
  ),
  ret: <path d="M12.5 4v3.2a2 2 0 0 1-2 2H4M6.6 6.4L3.8 9.2l2.8 2.8" />,
  arg: <path d="M2.5 8h7M7 5l3 3-3 3M13 3.5v9" />,
  local: <rect x="4.2" y="4.2" width="7.6" height="7.6" rx="1" />,
  ptr: (
    <>
      <circle cx="4.5" cy="8" r="1.8" fill="currentColor" />
      <path d="M6.3 8h6.5M10.3 5.5L12.8 8l-2.5 2.5" />
    </>
  ),
  zero: <path d="M4 8h8" />,
  bad: <path d="M4 4l8 8M12 4l-8 8" />,
  warn: <path d="M8 3.2l5.4 9.6H2.6zM8 6.8v2.6M8 11.2v.1" />,
  absent: <path d="M3.6 8h.1M8 8h.1M12.4 8h.1" />,
  end: <path d="M3.5 8h9M12.5 4.5v7" />,
};

/** The mark of a slot kind. */
export function Glyph({ name, size = 14 }: { name: GlyphName; size?: number }) {
  return (
    <svg
      className="glyph"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {glyphPaths[name]}
    </svg>
  );
}

export type IconName =
  'broken' | 'copy' | 'check' | 'cross' | 'right' | 'down' | 'fold' | 'flip' | 'info' | 'up-arrow' | 'down-arrow';

const iconPaths: Record<IconName, string> = {
  broken:
    'M6.5 9.5L4.6 11.4a2.2 2.2 0 0 1-3.1-3.1L3.6 6.2M9.5 6.5l1.9-1.9a2.2 2.2 0 0 1 3.1 3.1L12.4 9.8M5.2 2.2l.6 1.9M2.2 5.2l1.9.6M10.8 13.8l-.6-1.9M13.8 10.8l-1.9-.6',
  copy: 'M6.5 5.5h5.5a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1h-5.5a1 1 0 0 1-1-1v-5.5a1 1 0 0 1 1-1zM10.5 5.5v-2.5h-7.5v7.5h2.5',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  cross: 'M4 4l8 8M12 4l-8 8',
  right: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  fold: 'M8 2v4M5.8 4L8 6.2 10.2 4M8 14v-4M5.8 12L8 9.8 10.2 12M2.5 8h11',
  flip: 'M5 13V3M5 3L2.8 5.4M5 3l2.2 2.4M11 3v10M11 13l-2.2-2.4M11 13l2.2-2.4',
  info: 'M8 2.2a5.8 5.8 0 1 1 0 11.6a5.8 5.8 0 1 1 0-11.6zM8 7.2v4M8 4.9v.1',
  'up-arrow': 'M8 13V3M4.5 6.5L8 3l3.5 3.5',
  'down-arrow': 'M8 3v10M4.5 9.5L8 13l3.5-3.5',
};

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="glyph"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}

/** Icons of the shell's buttons, 16 × 16, in the current colour. */
const paths = {
  open: 'M2 12.8V3.2h4l1.6 2H14v7.6z',
  link: 'M6.8 9.2l2.4-2.4M7.4 4.6l1.2-1.2a2.8 2.8 0 0 1 4 4l-1.2 1.2M8.6 11.4l-1.2 1.2a2.8 2.8 0 0 1-4-4l1.2-1.2',
  theme: 'M8 2.2a5.8 5.8 0 1 0 0 11.6zM8 2.2a5.8 5.8 0 0 1 0 11.6',
  help: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 1 1 8 1.8zM6.2 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.7.5-.7 1.1M8 11.4v.1',
  search: 'M7 2.8a4.2 4.2 0 1 1 0 8.4a4.2 4.2 0 1 1 0-8.4zM10.2 10.2l3.3 3.3',
  lock: 'M4 7.2h8v6H4zM5.6 7.2V5.4a2.4 2.4 0 0 1 4.8 0v1.8',
  left: 'M2.5 3h11v10h-11zM6 3v10',
  right: 'M2.5 3h11v10h-11zM10 3v10',
  plus: 'M8 3.2v9.6M3.2 8h9.6',
} as const;

export type ShellIconName = keyof typeof paths;

export function ShellIcon({ name, size = 16 }: { name: ShellIconName; size?: number }) {
  return (
    <svg
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
      <path d={paths[name]} fill={name === 'theme' ? 'none' : undefined} />
    </svg>
  );
}

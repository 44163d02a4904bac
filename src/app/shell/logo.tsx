/** Three frames of a stack, the last one broken. */
export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M3.5 4.5v9" stroke="var(--fp)" strokeWidth="1.8" strokeLinecap="round" />
      <circle cx="3.5" cy="4.5" r="2" fill="var(--fp)" />
      <path d="M2 16.2l3 3m0-3l-3 3" stroke="var(--bad)" strokeWidth="1.7" strokeLinecap="round" />
      <rect x="8.5" y="2.5" width="11" height="4" rx="1.2" fill="var(--fp)" />
      <rect x="8.5" y="9" width="11" height="4" rx="1.2" fill="var(--local)" opacity="0.55" />
      <rect
        x="9.2"
        y="16.2"
        width="9.6"
        height="3"
        rx="1"
        fill="none"
        stroke="var(--bad)"
        strokeWidth="1.4"
        strokeDasharray="2 1.6"
      />
    </svg>
  );
}

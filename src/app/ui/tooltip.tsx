import './ui.css';
import { useLayoutEffect, useRef, useState } from 'react';

export interface TooltipAnchor {
  /** Viewport coordinates of the thing it explains. */
  left: number;
  top: number;
  bottom: number;
}

const margin = 6;

/** A pop-up under (or above) its anchor, kept inside the window. For the pointer only: what it says is elsewhere too. */
export function Tooltip({ anchor, children }: { anchor: TooltipAnchor; children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: anchor.left, top: anchor.bottom + margin });
  useLayoutEffect(() => {
    const size = box.current?.getBoundingClientRect();
    if (size === undefined) return;
    const below = anchor.bottom + margin;
    const top = below + size.height < window.innerHeight ? below : Math.max(margin, anchor.top - margin - size.height);
    setPlace({ left: Math.max(margin, Math.min(anchor.left, window.innerWidth - size.width - margin)), top });
  }, [anchor]);
  return (
    <div ref={box} className="tooltip" style={place} aria-hidden="true">
      {children}
    </div>
  );
}

import { useMemo } from 'react';
import type { StackLayout } from './items.ts';
import { minimapMarks, minimapScale } from './minimap-marks.ts';

interface MinimapProps {
  layout: StackLayout;
  /** Design pixels. */
  top: number;
  height: number;
  unit: number;
  onScroll: (top: number) => void;
}

/** The frame that shows the window stays this tall, so that it can be seen and taken. */
const smallestWindow = 8;

/** All words of the stack in a strip; drag to scroll. The rows say the same to assistive technology. */
export function Minimap({ layout, top, height, unit, onScroll }: MinimapProps) {
  const marks = useMemo(() => minimapMarks(layout, height), [layout, height]);
  const scale = minimapScale(layout.height, height);
  const strip = Math.min(height, layout.height);
  const seen = Math.max(smallestWindow, Math.min(strip, height / scale));
  const drag = (event: React.PointerEvent<HTMLDivElement>) => {
    const y = (event.clientY - event.currentTarget.getBoundingClientRect().top) / unit;
    onScroll(Math.max(0, (y - seen / 2) * scale));
  };
  return (
    <div
      className="stack-minimap"
      aria-hidden="true"
      style={{ height: `calc(var(--u) * ${strip})` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
      }}
    >
      <svg viewBox={`0 0 13 ${strip}`} preserveAspectRatio="none">
        {marks.map((mark) => (
          <rect key={mark.y} className={`mark-${mark.tone}`} x="2" width="9" y={mark.y} height={mark.height} rx="1" />
        ))}
      </svg>
      <i style={{ top: `calc(var(--u) * ${top / scale})`, height: `calc(var(--u) * ${seen})` }} />
    </div>
  );
}

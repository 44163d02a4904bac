import { useId } from 'react';
import type { PointerArrow } from './arrows.ts';
import { crossX, laneX, type Lane } from './lane.ts';
import { useCurves } from './use-curves.ts';

interface LaneOverlayProps {
  /** Already cut to the mounted range. */
  lane: Lane;
  arrows: readonly PointerArrow[];
  /** Design pixels: the range it covers and the diagram's width. */
  top: number;
  height: number;
  width: number;
}

const bead = 4.6;

/** One drawing for the mounted range: chain lane on the left, pointer arrows on the right. Hidden from assistive technology. */
export function LaneOverlay({ lane, arrows, top, height, width }: LaneOverlayProps) {
  const id = useId();
  const shapes = useCurves();
  const marker = (name: string) => `url(#${id}-${name})`;
  return (
    <svg
      className="stack-overlay"
      style={{
        top: `calc(var(--u) * ${top})`,
        height: `calc(var(--u) * ${height})`,
        width: `calc(var(--u) * ${width})`,
      }}
      viewBox={`0 ${top} ${width} ${height}`}
      aria-hidden="true"
    >
      <defs>
        {(['good', 'rest', 'expected', 'pointer'] as const).map((name) => (
          <marker
            key={name}
            id={`${id}-${name}`}
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="12"
            markerHeight="12"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 .8L7 4 0 7.2z" className={`lane-head lane-head-${name}`} />
          </marker>
        ))}
      </defs>
      {lane.lines.map((line) => (
        <path
          key={`${line.kind}${line.from}`}
          className={`lane-line lane-${line.kind}`}
          d={`M${laneX} ${line.from}L${laneX} ${line.to}`}
          markerEnd={marker(line.kind)}
        />
      ))}
      {lane.tails.map((tail) => (
        <g key={`tail${tail.y}`}>
          <path className="lane-line lane-broken" d={shapes.tail(laneX - 6, tail.y, crossX, tail.crossY)} />
          <g className="lane-cross" transform={`translate(${crossX} ${tail.crossY + 8})`}>
            <circle r="7.5" />
            <path d="M-3 -3L3 3M3 -3L-3 3" />
          </g>
        </g>
      ))}
      {lane.beads.map(({ y, kind }) => (
        <g key={`bead${y}`} className={`lane-bead lane-bead-${kind}`}>
          {kind === 'bad' || kind === 'end' ? (
            <rect
              x={laneX - 5}
              y={y - 5}
              width="10"
              height="10"
              {...(kind === 'bad' && { transform: `rotate(45 ${laneX} ${y})` })}
            />
          ) : (
            <circle cx={laneX} cy={y} r={bead} />
          )}
          <path className="lane-tick" d={`M${laneX + 7} ${y}h13`} />
        </g>
      ))}
      {arrows.map((arrow) => (
        <path
          key={`${arrow.from}-${arrow.to}`}
          className={arrow.incoming ? 'lane-line lane-pointer lane-incoming' : 'lane-line lane-pointer'}
          d={shapes.pointer(width - 52, width - 26, arrow.from, arrow.to)}
          markerEnd={marker('pointer')}
        />
      ))}
    </svg>
  );
}

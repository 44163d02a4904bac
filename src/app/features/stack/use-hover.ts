import { useEffect, useRef, useState } from 'react';
import type { StackRow } from '../../../core/model/picture.ts';
import type { TooltipAnchor } from '../../ui/tooltip.tsx';

export interface Hover {
  row: StackRow;
  /** Present once the pointer has rested. */
  anchor?: TooltipAnchor;
}

const restMilliseconds = 250;

/** The row under the pointer, and after a rest where its tooltip goes. */
export function useHover(rowAt: (index: number) => StackRow | undefined) {
  const [hover, setHover] = useState<Hover>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const leave = () => {
    clearTimeout(timer.current);
    if (hover !== undefined) setHover(undefined);
  };
  const enter = (element: HTMLElement | null, x: number) => {
    const row = rowAt(Number(element?.dataset['index'] ?? -1));
    if (element === null || row === undefined) {
      leave();
      return;
    }
    if (row === hover?.row) return;
    clearTimeout(timer.current);
    setHover({ row });
    timer.current = setTimeout(() => {
      const { top, bottom } = element.getBoundingClientRect();
      setHover({ row, anchor: { left: x, top, bottom } });
    }, restMilliseconds);
  };
  return { hover, enter, leave };
}

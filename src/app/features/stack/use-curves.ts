import { useEffect, useState } from 'react';
import type { Curves } from './curves.ts';

/** Straight lines: what is drawn until the curves have come, and when they cannot come. */
const plainCurves: Curves = {
  tail: (fromX, fromY, toX, toY) => `M${fromX} ${fromY}L${toX} ${fromY}L${toX} ${toY}`,
  pointer: (edgeX, outX, fromY, toY) => `M${edgeX} ${fromY}L${outX} ${fromY}L${outX} ${toY}L${edgeX + 2} ${toY}`,
};

export function useCurves(): Curves {
  const [loaded, setLoaded] = useState<Curves>(plainCurves);
  useEffect(() => {
    let wanted = true;
    void import('./curves.ts').then(
      (module) => {
        if (wanted) setLoaded(module.curves);
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  return loaded;
}

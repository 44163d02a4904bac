/** Curved paths of the overlay. Loaded after the first paint; until then `plainCurves` draws with straight lines. */
import { path } from 'd3';

export interface Curves {
  /** From a broken bead to the ✕ that ends it. */
  tail(fromX: number, fromY: number, toX: number, toY: number): string;
  /** A pointer on the right: leaves and arrives at `edgeX`, bulges to `outX`. */
  pointer(edgeX: number, outX: number, fromY: number, toY: number): string;
}

export const curves: Curves = {
  tail: (fromX, fromY, toX, toY) => {
    const shape = path();
    shape.moveTo(fromX, fromY);
    shape.bezierCurveTo(fromX - 24, fromY, toX + 4, fromY + 2, toX, toY);
    return shape.toString();
  },
  pointer: (edgeX, outX, fromY, toY) => {
    const shape = path();
    shape.moveTo(edgeX, fromY);
    shape.bezierCurveTo(outX, fromY, outX, toY, edgeX + 2, toY);
    return shape.toString();
  },
};

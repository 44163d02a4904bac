/** The plain text at first; the editor takes over when it has loaded, at the same place. */
import { useRef } from 'react';
import { PlainText, type TextSurfaceProps } from './plain-text.tsx';

export function TextSurface(props: Omit<TextSurfaceProps, 'topLine' | 'onTopLine'>) {
  const top = useRef(-1);
  const onTopLine = (line: number) => {
    top.current = line;
  };
  return <PlainText {...props} topLine={-1} onTopLine={onTopLine} />;
}

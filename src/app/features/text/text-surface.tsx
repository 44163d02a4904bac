/** The plain text at first; the editor takes over when it has loaded, at the same place and with the same highlight. */
import { useEffect, useRef, useState } from 'react';
import { useTheme } from '../../theme/theme.ts';
import { documentLength } from '../../../core/model/bytes.ts';
import { usePartial } from '../../stores/case-store.ts';
import type * as MonacoEditor from './monaco-editor.ts';
import { PlainText, type TextSurfaceProps } from './plain-text.tsx';
import styles from './text.module.css';

/** Above this many bytes the editor would block the page for half a second and more: the plain view stays. */
export const editorByteLimit = 10 * 1024 * 1024;

type EditorModule = typeof MonacoEditor;

type SurfaceProps = Omit<TextSurfaceProps, 'topLine' | 'onTopLine'>;

export function TextSurface(props: SurfaceProps) {
  const { document } = props;
  const [module, setModule] = useState<EditorModule>();
  const [top, setTop] = useState(-1);
  // The beginning of a large input is soon replaced by a text that the editor does not take.
  const partial = usePartial() !== undefined;
  const fits = !partial && documentLength(document) <= editorByteLimit;
  useEffect(() => {
    if (!fits) return;
    let wanted = true;
    import('./monaco-editor.ts').then(
      (loaded) => {
        if (wanted) setModule(loaded);
      },
      () => {
        // Offline after an update, or blocked: the plain view does all that matters.
      },
    );
    return () => {
      wanted = false;
    };
  }, [fits]);
  if (module !== undefined) return <EditorText {...props} module={module} topLine={top} />;
  return <PlainText {...props} topLine={-1} onTopLine={setTop} />;
}

function EditorText({
  module,
  document,
  highlight,
  reveal,
  topLine,
  onChoose,
}: SurfaceProps & { module: EditorModule; topLine: number }) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MonacoEditor.TextEditor>(undefined);
  const choose = useRef(onChoose);
  const [start] = useState(topLine);
  const theme = useTheme((state) => state.theme);
  const revealed = useRef(-1);
  useEffect(() => {
    choose.current = onChoose;
  });
  useEffect(() => {
    if (host.current === null) return;
    const created = module.createEditor(host.current, document, useTheme.getState().theme, {
      topLine: start,
      onChoose: (offset, line) => choose.current(offset, line),
    });
    editor.current = created;
    revealed.current = -1;
    return () => {
      editor.current = undefined;
      created.dispose();
    };
  }, [module, document, start]);
  useEffect(() => {
    // The place that was scrolled to by hand in the plain view wins over the highlight that was shown there already.
    const first = revealed.current === -1 && start > 0;
    editor.current?.highlight(highlight, !first && reveal !== revealed.current && reveal !== 0);
    revealed.current = reveal;
  }, [module, document, highlight, reveal, start]);
  useEffect(() => editor.current?.setTheme(theme), [theme]);
  return <div ref={host} className={styles['editor']} />;
}

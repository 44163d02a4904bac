/**
 * The editor, as small as it can be: reached only by `import('./monaco-editor.ts')`, so that its 3 MB never delay the
 * page. Plain text, read-only, with features that need no worker.
 */
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/find/register';
import './monaco-editor.css';
import { LineClass } from '../../../core/model/line-class.ts';
import { editorText, positionToOffset, rangeToPositions } from '../../../core/model/positions.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import type { DocumentView } from '../../../worker/protocol.ts';
import { token, type Theme } from '../../theme/theme.ts';
import { lineRuns } from './line-runs.ts';

export interface EditorOptions {
  /** First line to show, from 0; -1 = the top. */
  topLine: number;
  /** The caret was put somewhere by hand. `line` from 0. */
  onChoose: (offset: number, line: number) => void;
}

export interface TextEditor {
  highlight: (range: SourceRange | undefined, reveal: boolean) => void;
  setTheme: (theme: Theme) => void;
  focus: () => void;
  dispose: () => void;
}

/** Kept equal to the plain view's rows: the text does not move when the editor takes over. */
const lineHeight = 20;
/** Arrow keys held down choose only where they stop. */
const restMilliseconds = 120;

const colours: Record<string, string> = {
  'editor.background': 'surface',
  'editor.foreground': 'text',
  'editorLineNumber.foreground': 'text-3',
  'editorLineNumber.activeForeground': 'text',
  'editor.lineHighlightBackground': 'surface-2',
  'editor.lineHighlightBorder': 'surface-2',
  'editor.selectionBackground': 'accent-tint',
  'editor.inactiveSelectionBackground': 'accent-tint',
  'editorCursor.foreground': 'accent',
  'editorWidget.background': 'surface',
  'editorWidget.foreground': 'text',
  'editorWidget.border': 'border-strong',
  'editor.findMatchBackground': 'warn-tint',
  'editor.findMatchHighlightBackground': 'warn-tint',
  'input.background': 'bg',
  'input.foreground': 'text',
  'input.border': 'border-strong',
  focusBorder: 'accent',
};

function applyTheme(theme: Theme): void {
  const entries = Object.entries(colours).map(([name, value]): [string, string] => [name, token(value)]);
  const hex = entries.filter(([, value]) => value.startsWith('#'));
  // In forced colours the tokens are system keywords, which Monaco does not take: it has a theme of its own for that.
  if (hex.length < entries.length) {
    monaco.editor.setTheme(theme === 'dark' ? 'hc-black' : 'hc-light');
    return;
  }
  monaco.editor.defineTheme('framewalk', {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [],
    colors: Object.fromEntries(hex),
  });
  monaco.editor.setTheme('framewalk');
}

function classDecorations(document: DocumentView): monaco.editor.IModelDeltaDecoration[] {
  return lineRuns(document.lineClass)
    .filter((run) => run.value === LineClass.recognised || run.value === LineClass.unrecognised)
    .map((run) => ({
      range: new monaco.Range(run.first + 1, 1, run.last + 1, 1),
      options:
        run.value === LineClass.recognised
          ? { isWholeLine: true, linesDecorationsClassName: 'text-recognised' }
          : { isWholeLine: true, linesDecorationsClassName: 'text-unrecognised', hoverMessage: { value: 'Not understood' } },
    }));
}

export function createEditor(host: HTMLElement, document: DocumentView, theme: Theme, options: EditorOptions): TextEditor {
  applyTheme(theme);
  const editor = monaco.editor.create(host, {
    value: editorText(document.bytes),
    language: 'plaintext',
    readOnly: true,
    domReadOnly: true,
    ariaLabel: `Text of ${document.name}`,
    automaticLayout: true,
    fontFamily: token('mono'),
    fontLigatures: false,
    fontSize: 12,
    lineHeight,
    lineNumbersMinChars: 6,
    lineDecorationsWidth: 18,
    folding: false,
    glyphMargin: false,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    stickyScroll: { enabled: false },
    tabFocusMode: true,
    wordBasedSuggestions: 'off',
    links: false,
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
    contextmenu: false,
    // Flattened dumps are one line of many thousand characters.
    wordWrap: 'on',
    matchBrackets: 'never',
    guides: { indentation: false, bracketPairs: false },
    bracketPairColorization: { enabled: false },
    renderLineHighlight: 'all',
    overviewRulerBorder: false,
  });
  // As terminals and the plain view show tabs.
  editor.getModel()?.updateOptions({ tabSize: 8 });
  const classes = editor.createDecorationsCollection(classDecorations(document));
  const found = editor.createDecorationsCollection();
  if (options.topLine > 0) editor.setScrollTop(editor.getTopForLineNumber(options.topLine + 1));

  let rest: ReturnType<typeof setTimeout> | undefined;
  editor.onDidChangeCursorPosition((event) => {
    if (event.source !== 'mouse' && event.source !== 'keyboard') return;
    clearTimeout(rest);
    rest = setTimeout(() => {
      const selection = editor.getSelection();
      if (selection === null || !selection.isEmpty()) return;
      const { lineNumber, column } = event.position;
      options.onChoose(positionToOffset(document, lineNumber, column), lineNumber - 1);
    }, restMilliseconds);
  });

  return {
    highlight: (range, reveal) => {
      if (range === undefined) {
        found.clear();
        return;
      }
      const place = rangeToPositions(document, range);
      found.set([
        { range: place, options: { isWholeLine: true, className: 'text-found-line' } },
        { range: place, options: { inlineClassName: 'text-found' } },
      ]);
      if (reveal) {
        editor.setPosition({ lineNumber: place.startLineNumber, column: place.startColumn });
        editor.revealRangeInCenter(place, monaco.editor.ScrollType.Immediate);
      }
    },
    setTheme: applyTheme,
    focus: () => editor.focus(),
    dispose: () => {
      clearTimeout(rest);
      classes.clear();
      editor.getModel()?.dispose();
      editor.dispose();
    },
  };
}

import { codeParts } from './code-parts.ts';

/** A sentence whose backticked pieces are set in mono. */
export function CodeText({ text }: { text: string }) {
  return codeParts(text).map((part, index) =>
    part.code ? (
      <code key={index} className="mono">
        {part.text}
      </code>
    ) : (
      part.text
    ),
  );
}

import { useContext } from 'react';
import { AddressLinks, isAddress } from './address-links.ts';
import { codeParts, breakable, shortName } from './code-parts.ts';

/** Long names break after a slash or before a dot, before anything else. */
function Breakable({ text }: { text: string }) {
  const pieces = breakable(text);
  if (pieces.length === 1) return text;
  return pieces.map((piece, index) => (
    <span key={index}>
      {index > 0 && <wbr />}
      {piece}
    </span>
  ));
}

/**
 * A sentence whose backticked pieces are set in mono. `short`: functions without their import path, which the pointer then
 * shows; for headings, whose first words must be seen.
 */
export function CodeText({ text, short = false }: { text: string; short?: boolean }) {
  const onAddress = useContext(AddressLinks);
  return codeParts(text).map((part, index) => {
    if (!part.code) return part.text;
    if (onAddress !== undefined && isAddress(part.text)) {
      return (
        <button
          key={index}
          type="button"
          className="address-link mono"
          title="Show this address"
          // By keys the box in the header goes to any address: dozens of stops in a panel would be in the way.
          tabIndex={-1}
          onClick={() => onAddress(part.text)}
        >
          {part.text}
        </button>
      );
    }
    const shown = short ? shortName(part.text) : part.text;
    return (
      <code key={index} className="mono" title={shown === part.text ? undefined : part.text}>
        <Breakable text={shown} />
      </code>
    );
  });
}

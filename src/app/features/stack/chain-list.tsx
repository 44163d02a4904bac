import type { ChainLink } from '../../../core/model/chain.ts';
import type { Address } from '../../../core/model/address.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { displayName } from './names.ts';

const verdictWords = {
  ok: 'as expected',
  bogus: 'bogus',
  end: 'end of chain',
  unknown: 'not in the paste',
  crossing: 'goes on in another stack',
} as const;

function Link({ link, onSelect }: { link: ChainLink; onSelect: (address: Address) => void }) {
  return (
    <li className={`chain-${link.verdict}`}>
      <button
        type="button"
        className="text-link mono"
        onClick={(event) => {
          event.currentTarget.closest('details')?.removeAttribute('open');
          onSelect(link.slot);
        }}
      >
        0x{link.slot.toString(16)}
      </button>
      {link.value !== undefined && (
        <>
          {' holds '}
          <code className="mono">0x{link.value.toString(16)}</code>
        </>
      )}
      {`, ${verdictWords[link.verdict]}`}
      {link.verdict === 'bogus' && link.expected !== undefined && (
        <>
          {', expected '}
          <code className="mono">0x{link.expected.toString(16)}</code>
        </>
      )}
      {link.reason !== undefined && link.verdict !== 'ok' && link.verdict !== 'end' && (
        <>
          {': '}
          <CodeText text={link.reason} />
        </>
      )}
      {link.frame !== undefined && `, saved by ${displayName(link.frame)}`}
      {link.pastBreak && ', past the break'}
    </li>
  );
}

/** The chain as a list: what the lane shows, for those who do not see it. */
export function ChainList({ links, onSelect }: { links: readonly ChainLink[]; onSelect: (address: Address) => void }) {
  return (
    <details className="stack-chain-list">
      <summary>Frame-pointer chain</summary>
      <ol>
        {links.map((link) => (
          <Link key={link.slot.toString(16)} link={link} onSelect={onSelect} />
        ))}
      </ol>
    </details>
  );
}

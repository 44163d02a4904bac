import './inspector.css';
import { useMemo } from 'react';
import { parseAddress } from '../../../core/model/address.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { frameAt } from '../../../core/model/tables.ts';
import { useCase, usePartial } from '../../stores/case-store.ts';
import { AddressLinks } from '../../ui/address-links.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { useView } from '../../stores/view-store.ts';
import { usePicture, useSnapshotView, useTables } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { verdictTone } from '../verdict/tone.ts';
import { AskPanel } from '../ask/ask-panel.tsx';
import { References, WhatHappened, WhatToDo, WhyBelieved } from './finding-steps.tsx';
import { ReadableForms } from './readable-forms.tsx';
import { OtherFindings } from './other-findings.tsx';
import { SelectedFrame } from './selected-frame.tsx';
import { SelectedSlot } from './selected-slot.tsx';

/** Shows a finding: its place in the diagram, and its evidence in this panel. */
function show(finding: Finding): void {
  const { focus } = finding;
  useSelection.getState().follow(
    {
      finding: finding.id,
      ...(focus?.goroutine !== undefined && { goroutine: focus.goroutine }),
      ...(focus?.address !== undefined && { address: focus.address }),
    },
    'finding',
  );
}

/** The right zone of the page. */
export function FindingsPanel() {
  const view = useSnapshotView();
  const tables = useTables();
  const { picture } = usePicture();
  const chosen = useSelection((state) => state.finding);
  const address = useSelection((state) => state.address);
  const frameRow = useSelection((state) => state.frameRow);
  const frame = useMemo(
    () => (tables === undefined || frameRow === undefined || frameRow < 0 ? undefined : frameAt(tables, frameRow)),
    [tables, frameRow],
  );
  const partial = usePartial();
  const recognised = useCase((state) => state.view?.recognised !== false);
  if (view === undefined) return null;
  const { findings, snapshot, checked, unchecked = [] } = view;
  const finding = findings.find((one) => one.id === chosen) ?? findings[0];
  const showAddress = (text: string) => {
    const to = parseAddress(text);
    if (to === undefined) return;
    useSelection.getState().follow({ address: to, finding: finding?.id }, 'finding');
    if (picture?.bands.some((band) => to >= band.start && to < band.end) === true) useView.getState().showTab('stack');
    else if (snapshot.memory.addresses.includes(to)) useView.getState().showTab('memory');
    // No place that a view draws: what is known of it stands in this panel.
    else requestAnimationFrame(() => document.getElementById('selected-slot')?.scrollIntoView({ block: 'nearest' }));
  };
  return (
    <AddressLinks value={showAddress}>
      <div className="findings-panel">
        {partial !== undefined ? (
          <NotJudged />
        ) : finding === undefined ? (
          recognised ? (
            <NothingFound checked={checked} unchecked={unchecked} />
          ) : (
            <ReadableForms />
          )
        ) : (
          <>
            <WhatHappened
              finding={finding}
              story={view.story ?? []}
              hot={verdictTone(finding, snapshot.crash) === 'bad'}
              full={finding !== findings[0]}
            />
            <WhatToDo finding={finding} />
          </>
        )}
        {/* What is missing in the beginning may stand in the rest. */}
        {partial === undefined && <AskPanel key={snapshot.id} questions={view.session.questions} pid={snapshot.process.pid} />}
        {address !== undefined && (
          <SelectedSlot snapshot={snapshot} structs={view.session.structs} picture={picture} address={address} />
        )}
        {address === undefined && frame !== undefined && <SelectedFrame frame={frame} picture={picture} />}
        {finding !== undefined && partial === undefined && (
          <>
            <WhyBelieved finding={finding} />
            <OtherFindings findings={findings} shown={finding} onShow={show} />
            <References finding={finding} />
          </>
        )}
      </div>
    </AddressLinks>
  );
}

/** While only the beginning was read: neither a finding nor "nothing found". */
function NotJudged() {
  return (
    <section className="panel-section" aria-labelledby="not-judged">
      <h2 id="not-judged" className="section-label">
        What happened
      </h2>
      <p>This is said when all of it is read.</p>
    </section>
  );
}

function Sentences({ of }: { of: readonly string[] }) {
  return (
    <ul className="finding-next">
      {of.map((one) => (
        <li key={one}>
          <CodeText text={one} />
        </li>
      ))}
    </ul>
  );
}

function NothingFound({ checked, unchecked }: { checked: readonly string[]; unchecked: readonly string[] }) {
  return (
    <>
      <section className="panel-section" aria-labelledby="checked">
        <h2 id="checked" className="section-label">
          What was checked
        </h2>
        {checked.length === 0 ? <p>Nothing in the paste could be checked against something else.</p> : <Sentences of={checked} />}
      </section>
      {unchecked.length > 0 && (
        <section className="panel-section" aria-labelledby="unchecked">
          <h2 id="unchecked" className="section-label">
            What could not be checked
          </h2>
          <Sentences of={unchecked} />
        </section>
      )}
    </>
  );
}

import './ask.css';
import { useRef, useState, type KeyboardEvent } from 'react';
import { debuggers, type DebuggerName, type DebuggerRequest, type Questions } from '../../../core/model/session.ts';
import { useCommand } from '../../hooks/use-command.ts';
import { notify } from '../../stores/announcement-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { counted } from '../../ui/digits.ts';
import { Command, copyText } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/glyphs.tsx';
import { SourceLink } from '../inspector/source-link.tsx';
import { debuggerTitles, howToRun } from './how-to-run.ts';

/** Requests shown before the rest is unfolded. */
const mostShown = 3;

function commandsFor(request: DebuggerRequest, name: DebuggerName): readonly string[] {
  return name === 'rr' ? request.gdb : request[name];
}

function RequestRow({ request, name }: { request: DebuggerRequest; name: DebuggerName }) {
  const commands = commandsFor(request, name);
  return (
    <li>
      <p>{request.why}</p>
      <p className="ask-tells">{request.tells}</p>
      {commands.length > 0 ? (
        <Command command={commands.join('\n')} />
      ) : (
        <p className="ask-tells">{debuggerTitles[name]} cannot show this</p>
      )}
      {request.runs === true && name !== 'rr' && <p className="ask-tells">Lets the program run: left out of the script</p>}
    </li>
  );
}

function Answered({ answered }: { answered: Questions['answered'] }) {
  if (answered.length === 0) return null;
  return (
    <details className="ask-answered">
      <summary>{counted(answered.length, 'question')} answered by the input</summary>
      <ul role="list">
        {answered.map((one, index) => (
          <li key={index}>
            <Icon name="check" size={14} />
            <span>
              <span className="visually-hidden">answered: </span>
              {one.what} · <SourceLink source={one.source} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Tabs({ shown, onShow }: { shown: DebuggerName; onShow: (name: DebuggerName) => void }) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.altKey) return;
    event.preventDefault();
    const next = debuggers[(debuggers.indexOf(shown) + step + debuggers.length) % debuggers.length];
    if (next === undefined) return;
    onShow(next);
    list.current?.querySelector<HTMLElement>(`#ask-tab-${next}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label="Debugger" className="ask-tabs" onKeyDown={onKeyDown}>
      {debuggers.map((name) => (
        <button
          key={name}
          id={`ask-tab-${name}`}
          type="button"
          role="tab"
          aria-selected={name === shown}
          aria-controls="ask-list"
          tabIndex={name === shown ? 0 : -1}
          onClick={() => onShow(name)}
        >
          {debuggerTitles[name]}
        </button>
      ))}
    </div>
  );
}

function CopyAll({ disabled, onCopy }: { disabled: boolean; onCopy: () => void }) {
  useCommand('copy-script', () => {
    if (!disabled) onCopy();
  });
  return (
    <button type="button" className="ask-copy" disabled={disabled} onClick={onCopy}>
      <Icon name="copy" size={14} /> Copy all
    </button>
  );
}

/** What to ask next. `pid` where the case names it. */
export function AskPanel({ questions, pid }: { questions: Questions; pid: number | undefined }) {
  const preferred = useSettings((state) => state.debuggerName);
  const [chosen, setChosen] = useState<DebuggerName>();
  const { open, answered, scripts, spoken } = questions;
  const name = chosen ?? spoken ?? preferred ?? 'gdb';
  const script = scripts[name];
  if (open.length === 0) return null;
  const run = howToRun(name, pid);
  // What this debugger cannot show comes last.
  const sorted = [...open].sort((a, b) => Number(commandsFor(a, name).length === 0) - Number(commandsFor(b, name).length === 0));
  const choose = (next: DebuggerName) => {
    setChosen(next);
    useSettings.getState().setDebugger(next);
  };
  const copyAll = async () => {
    if (await copyText(script, 'script'))
      notify(
        `Copied ${counted(script.trimEnd().split('\n').length, 'line')} for ${debuggerTitles[name]}. Paste the answers here`,
      );
  };
  return (
    <section className="panel-section ask" aria-labelledby="ask-label">
      <h2 id="ask-label" className="section-label">
        What to ask next
        <span className="aside">{counted(open.length, 'question')}</span>
      </h2>
      <div className="ask-bar">
        <Tabs shown={name} onShow={choose} />
        <CopyAll disabled={script === ''} onCopy={() => void copyAll()} />
      </div>
      <div id="ask-list" role="tabpanel" aria-labelledby={`ask-tab-${name}`}>
        <p className="ask-run">
          {script === '' ? (
            <>{debuggerTitles[name]} can show none of it</>
          ) : (
            <>
              Save the script as <code className="mono">{run.file}</code>, run <Command command={run.command} /> and paste what it
              prints on this page
            </>
          )}
        </p>
        <ol>
          {sorted.slice(0, mostShown).map((request) => (
            <RequestRow key={request.why} request={request} name={name} />
          ))}
        </ol>
        {sorted.length > mostShown && (
          <details>
            <summary>{counted(sorted.length - mostShown, 'more question')}</summary>
            <ol start={mostShown + 1}>
              {sorted.slice(mostShown).map((request) => (
                <RequestRow key={request.why} request={request} name={name} />
              ))}
            </ol>
          </details>
        )}
      </div>
      <Answered answered={answered} />
    </section>
  );
}

import { pickFiles } from '../../intake/open-files.ts';

const forms: readonly [string, string][] = [
  ['panic: …, fatal error: …, goroutine 1 [running]:', 'what Go prints when it dies, also within logs, mails and JSON'],
  ['kill -QUIT, debug.Stack(), /debug/pprof/goroutine?debug=2', 'goroutine dumps'],
  ['WARNING: DATA RACE', 'reports of the race detector'],
  ['bt, x/64xg $sp, info registers, disassemble', 'sessions of gdb, rr, Delve and LLDB'],
  ['/proc/PID/maps, objdump -d, go tool objdump', 'mappings and code'],
];

/** In place of findings where nothing was recognised: the forms that can be read, and how to give one. */
export function ReadableForms() {
  return (
    <section className="panel-section" aria-labelledby="readable">
      <h2 id="readable" className="section-label">
        What can be read
      </h2>
      <ul role="list" className="readable-forms">
        {forms.map(([example, what]) => (
          <li key={example}>
            <code className="mono">{example}</code>
            <span>{what}</span>
          </li>
        ))}
      </ul>
      <p className="readable-next">
        Paste more with Ctrl+V anywhere on the page, or{' '}
        <button type="button" className="text-link" onClick={pickFiles}>
          open files
        </button>
        : it is added to this case.
      </p>
    </section>
  );
}

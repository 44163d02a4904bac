/** Files of knowledge among the parts: how many entries were taken of each, or why none was. */
import type { KnowledgeFile } from '../../core/model/knowledge.ts';
import { useCase } from '../stores/case-store.ts';
import { CodeText } from '../ui/code-text.tsx';
import styles from './strips.module.css';

/** Problems of one file that are shown. */
const mostProblems = 5;

export function KnowledgeFiles() {
  const files = useCase((state) => state.view?.knowledge);
  return files?.map((file, index) =>
    file.problems.length > 0 ? <Refused key={index} file={file} /> : <Taken key={index} file={file} />,
  );
}

function Taken({ file: { name, entries } }: { file: KnowledgeFile }) {
  return (
    <p className={styles['info']}>
      <span>
        <strong>{name}</strong> is used as knowledge: {entries.toLocaleString('en')} {entries === 1 ? 'entry' : 'entries'}
      </span>
    </p>
  );
}

function Refused({ file: { name, problems } }: { file: KnowledgeFile }) {
  const more = problems.length - mostProblems;
  return (
    <div className={styles['warning']} role="alert">
      <p>
        <strong>{name}</strong> is not used as knowledge:
      </p>
      <ul className={styles['problems']}>
        {problems.slice(0, mostProblems).map((problem) => (
          <li key={problem}>
            <CodeText text={problem} />
          </li>
        ))}
        {more > 0 && <li>{more.toLocaleString('en')} more</li>}
      </ul>
    </div>
  );
}

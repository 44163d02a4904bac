/** The page of a link that did not open: its own message, and the text of the link. */
import { forgetFragment } from './fragment.ts';
import { useLink } from './link-store.ts';
import styles from './link-failed.module.css';

export function LinkFailed() {
  const failure = useLink((state) => state.failure);
  if (failure === undefined) return null;
  return (
    <main className={styles['page']}>
      <h1>This link could not be opened</h1>
      <p>{failure.message}</p>
      <label className={styles['kept']}>
        What the link holds, as it arrived
        <textarea readOnly value={failure.fragment} rows={6} />
      </label>
      <p>
        <button type="button" onClick={forgetFragment}>
          Go to the start page
        </button>
      </p>
    </main>
  );
}

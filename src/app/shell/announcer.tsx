/** The one polite live region, and the short notice at the foot of the page. */
import { useEffect, useState } from 'react';
import { useAnnouncement } from '../stores/announcement-store.ts';
import styles from './announcer.module.css';

const shownMilliseconds = 6000;

export function Announcer() {
  const { text, serial, visible } = useAnnouncement();
  const [hidden, setHidden] = useState(0);
  useEffect(() => {
    if (!visible) return;
    const timer = setTimeout(() => setHidden(serial), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [serial, visible]);
  return (
    <>
      {/* The space makes a repeated message a change, so that it is read again. */}
      <div role="status" aria-live="polite" className="visually-hidden">
        {serial % 2 === 0 ? text : `${text} `}
      </div>
      {visible && hidden !== serial && (
        <div className={styles['notice']} aria-hidden="true">
          {text}
        </div>
      )}
    </>
  );
}

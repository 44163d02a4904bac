/** The whole page takes files and text; an overlay says so while something is dragged over it. */
import { useEffect, useState } from 'react';
import { useCase } from '../stores/case-store.ts';
import { receiveFiles, receiveText } from './receive.ts';
import styles from './drop-overlay.module.css';

function carriesSomething(event: DragEvent): boolean {
  const types = event.dataTransfer?.types ?? [];
  return types.includes('Files') || types.includes('text/plain');
}

export function DropOverlay() {
  const [files, setFiles] = useState<number>();
  const hasCase = useCase((state) => state.status === 'ready');
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!carriesSomething(event)) return;
      event.preventDefault();
      setFiles([...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === 'file').length);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setFiles(undefined);
    };
    const onDrop = (event: DragEvent) => {
      setFiles(undefined);
      if (event.dataTransfer === null || !carriesSomething(event)) return;
      event.preventDefault();
      const dropped = [...event.dataTransfer.files];
      void (dropped.length > 0 ? receiveFiles(dropped) : receiveText(event.dataTransfer.getData('text/plain')));
    };
    // Both: a drop right after the pointer came to another element is refused unless its dragenter was taken.
    document.addEventListener('dragenter', onOver);
    document.addEventListener('dragover', onOver);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragenter', onOver);
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, []);
  if (files === undefined) return null;
  return (
    <div className={styles['overlay']} aria-hidden="true">
      <p>{hasCase ? 'Drop to add it to this case' : 'Drop to open it'}</p>
      {files > 1 && <p className={styles['count']}>{files} files</p>}
    </div>
  );
}

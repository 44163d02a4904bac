/** Which component answers a command at the moment: the last one mounted. */
import { useEffect, useRef } from 'react';
import type { CommandId } from '../commands.ts';

type Handler = () => void;

const handlers = new Map<CommandId, Handler[]>();

/** Answers `id` while the component is mounted. */
export function useCommand(id: CommandId, handler: Handler): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const entry = () => latest.current();
    handlers.set(id, [...(handlers.get(id) ?? []), entry]);
    return () => {
      handlers.set(
        id,
        (handlers.get(id) ?? []).filter((other) => other !== entry),
      );
    };
  }, [id]);
}

/** Does anything on the page answer the command now? */
export function isAnswered(id: CommandId): boolean {
  return (handlers.get(id)?.length ?? 0) > 0;
}

/** Runs the command; false when nothing answers it. */
export function runCommand(id: CommandId): boolean {
  const handler = handlers.get(id)?.at(-1);
  handler?.();
  return handler !== undefined;
}

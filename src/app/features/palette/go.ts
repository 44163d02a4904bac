/** Goes where a suggestion leads; the page says where it went. */
import { runCommand } from '../../hooks/use-command.ts';
import { announce } from '../../stores/announcement-store.ts';
import { useCase } from '../../stores/case-store.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useView, type Tab } from '../../stores/view-store.ts';
import type { Suggestion } from './suggest.ts';

/** Views in which the place can be seen; from any other the first of them is shown. */
function showOneOf(tabs: readonly [Tab, ...Tab[]]): void {
  const { tab, showTab } = useView.getState();
  if (!tabs.includes(tab)) showTab(tabs[0]);
}

export function go({ title, target }: Suggestion): void {
  const { follow } = useSelection.getState();
  switch (target.kind) {
    case 'command':
      runCommand(target.command);
      return;
    case 'address':
      follow({ address: target.address }, 'list');
      showOneOf(['stack', 'memory', 'trail']);
      break;
    case 'line':
      follow({ source: target.source }, 'list');
      useView.getState().showTab('text');
      break;
    case 'goroutine':
      follow({ goroutine: target.goroutine }, 'list');
      showOneOf(['frames', 'stack']);
      break;
    case 'frame': {
      const { goroutine, frameRow, address } = target;
      follow({ goroutine, frameRow, ...(address !== undefined && { address }) }, 'list');
      showOneOf(['frames', 'stack']);
      break;
    }
    case 'finding': {
      const { view, snapshot } = useCase.getState();
      const finding = view?.snapshots[snapshot]?.findings.find(({ id }) => id === target.finding);
      follow({ finding: target.finding, ...finding?.focus }, 'finding');
      useView.getState().setRight(true);
      break;
    }
  }
  announce(`Went to ${title}`);
}

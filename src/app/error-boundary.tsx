/** Keeps a failure inside its view: the other views and the text stay usable. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { copyText } from './ui/copy-button.tsx';
import styles from './error-boundary.module.css';

interface Props {
  /** Of the view, for the copied details. */
  name: string;
  children: ReactNode;
}

interface State {
  error: Error | undefined;
  where: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, where: '' };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: Error, info: ErrorInfo): void {
    this.setState({ where: info.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (error === undefined) return this.props.children;
    const details = `${this.props.name}: ${error.message}\n${error.stack ?? ''}\n${where}`;
    return (
      <div role="alert" className={styles['failed']}>
        <p>
          <strong>This view failed.</strong> Your text is still here.
        </p>
        <p>{error.message}</p>
        <p className={styles['actions']}>
          <button type="button" onClick={() => this.setState({ error: undefined, where: '' })}>
            Try again
          </button>
          <button type="button" onClick={() => void copyText(details, 'details')}>
            Copy details
          </button>
        </p>
      </div>
    );
  }
}

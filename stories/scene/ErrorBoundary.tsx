import { Component, type ReactNode } from 'react';

interface State {
  readonly error: Error | null;
}

interface Props {
  readonly children: ReactNode;
  readonly fallback: (error: Error, retry: () => void) => ReactNode;
  /** With another one the children get another chance. */
  readonly resetKey?: unknown;
}

/** Shows something else in the place of what has thrown. */
export class ErrorBoundary extends Component<Props, State> {
  override readonly state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidUpdate({ resetKey }: Props): void {
    if (this.state.error !== null && resetKey !== this.props.resetKey) this.retry();
  }

  private readonly retry = (): void => this.setState({ error: null });

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : this.props.fallback(error, this.retry);
  }
}

/** In the place of notes: what is the matter, in plain words, and below it what can be done. */
import type { ComponentChildren } from "preact";

export function Message(props: {
  readonly title: string;
  readonly message: string;
  readonly small?: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <section class="message" role="alert" data-caveat="message">
      <h2>{props.title}</h2>
      <p>{props.message}</p>
      {props.small && <p class="small">{props.small}</p>}
      <div class="actions">{props.children}</div>
    </section>
  );
}

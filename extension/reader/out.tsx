/** A way out of the page. It opens when it is pressed, and does not tell the other side where from. */
import type { ComponentChildren } from "preact";

export function Out({
  href,
  title,
  pressed,
  children,
}: {
  readonly href: string;
  readonly title: string;
  /** Told when it is opened from here. */
  readonly pressed?: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <a
      href={href}
      title={title}
      target="_blank"
      rel="noopener noreferrer"
      referrerpolicy="no-referrer"
      {...(pressed && { onClick: pressed, onAuxClick: pressed })}
    >
      {children}
    </a>
  );
}

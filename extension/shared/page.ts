/**
 * What every page of the extension does first: says in its own head which language it speaks and what it
 * is called. In: the name of its title in the catalogue.
 */
import { locale, type Message, say } from "./catalogue";

export function page(title: Message): void {
  document.documentElement.lang = locale();
  document.title = say(title);
}

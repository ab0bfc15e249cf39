/** Says, on a page that another page shows in a frame, where the run is kept, and offers the page a window of its own. */
import { find, make } from './dom.ts';

const FRAMED =
  'Another page shows this one in a frame. What you tick and enter here may be kept apart from the site’s own windows, or not at all.';

const own = make(
  'a',
  { class: 'rb-button', target: '_blank', rel: 'noopener', href: location.href },
  'Open it in a tab of its own',
);
find(document, '.rb-header')?.after(make('div', { class: 'rb-notice rb-screen' }, make('p', {}, FRAMED), own));

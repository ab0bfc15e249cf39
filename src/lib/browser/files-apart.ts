/**
 * Firefox takes every file of a disk, a stick or a share for a place of its own, with a storage of its own: what is done on one
 * page is unknown on the next, and to the same page elsewhere. Chrome and Edge take all files for one place.
 *
 * @param page The page's own address.
 * @param agent What the browser calls itself; no other sign tells before something is lost.
 * @example keepsFilesApart({ protocol: 'file:' }, 'Mozilla/5.0 (…) Gecko/20100101 Firefox/140.0') //=> true
 */
export const keepsFilesApart = (page: Pick<Location, 'protocol'>, agent: string): boolean =>
  page.protocol === 'file:' && /\bFirefox\//.test(agent);

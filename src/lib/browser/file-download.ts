/** Saving a file from a page: over https, over plain http, and from a file. */

/** Hands a text to the browser as a file in UTF-8. Whether it was kept, only the person can see. */
export const downloadText = (fileName: string, text: string): void =>
  downloadFile(fileName, new TextEncoder().encode(text));

/** Hands a file to the browser, which saves it under this name or asks where. The bytes are the whole file. */
export function downloadFile(fileName: string, bytes: Uint8Array<ArrayBuffer>): void {
  // No type that a browser would open in place of saving, and none that makes it add an ending of its own.
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has begun by then, and the bytes need not stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Prints a page as the browser would, and reads the paper back. */
import { type Page } from '@playwright/test';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface Sheet {
  /** Texts in the order in which they were put on the sheet, with the place of their first letter in points. */
  readonly texts: readonly { readonly text: string; readonly x: number; readonly y: number }[];
  /** All text but the page number, without any white space. */
  readonly squeezed: string;
  /** What stands at the foot: "Page 2 of 24". */
  readonly foot: string;
  readonly width: number;
  readonly height: number;
}

export interface Paper {
  /** How far the most colourful dot of a sheet is from grey, from 0 to 255. */
  readonly colour: (sheet: number) => Promise<number>;
  readonly sheets: readonly Sheet[];
  /** The text of all sheets, without any white space. */
  readonly squeezed: string;
  /** Titles of the outline, in order, deeper ones too. */
  readonly outline: readonly string[];
  /** Roles of the tags of all sheets, as PDF names them: `H1`, `Table`, `TH`. */
  readonly tags: ReadonlySet<string>;
  /** How much of a rectangle is dark, from 0 to 1. Places are in points from the lower left corner. */
  readonly ink: (sheet: number, x: number, y: number, width: number, height: number) => Promise<number>;
}

/** Paper and page break lines at different places, so texts are compared without white space and with ligatures undone. */
export const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

const footPattern = /^Page \d+ of \d+$/;

export const print = async (page: Page, format: 'A4' | 'Letter' = 'A4'): Promise<Paper> =>
  readPaper(await page.pdf({ format, preferCSSPageSize: true, tagged: true, outline: true }));

/** Reads a PDF. */
export async function readPaper(pdf: Buffer): Promise<Paper> {
  const data = new Uint8Array(pdf);
  const paper = await getDocument({ data, verbosity: 0 }).promise;
  const numbers = Array.from({ length: paper.numPages }, (_, index) => index + 1);
  const sheets = await Promise.all(
    numbers.map(async (number): Promise<Sheet> => {
      const sheet = await paper.getPage(number);
      const { items } = await sheet.getTextContent();
      const texts = items.flatMap((item) =>
        'str' in item ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]) }] : [],
      );
      const { width, height } = sheet.getViewport({ scale: 1 });
      const body = texts.filter(({ text }) => !footPattern.test(text));
      return {
        texts,
        squeezed: squeeze(body.map(({ text }) => text).join('')),
        foot: texts.find(({ text }) => footPattern.test(text))?.text ?? '',
        width,
        height,
      };
    }),
  );
  const draw = async (index: number, scale: number) => {
    const sheet = await paper.getPage(index + 1);
    const viewport = sheet.getViewport({ scale });
    const { canvas, context } = makeCanvas(paper.canvasFactory, viewport.width, viewport.height);
    await sheet.render({ canvas, canvasContext: context, viewport }).promise;
    return { context, viewport };
  };
  const tags = new Set<string>();
  for (const number of numbers) {
    const walk = (node: object): void => {
      if ('role' in node) tags.add(String(node.role));
      if ('children' in node && Array.isArray(node.children)) node.children.forEach(walk);
    };
    walk((await (await paper.getPage(number)).getStructTree()) ?? {});
  }
  const titles = (entries: Awaited<ReturnType<typeof paper.getOutline>> | null): string[] =>
    (entries ?? []).flatMap(({ title, items }) => [title, ...titles(items as typeof entries)]);
  return {
    sheets,
    outline: titles(await paper.getOutline()),
    tags,
    squeezed: sheets.map(({ squeezed }) => squeezed).join(''),
    colour: async (index) => {
      const { context, viewport } = await draw(index, 1);
      const { data: pixels } = context.getImageData(0, 0, viewport.width, viewport.height);
      let most = 0;
      for (let place = 0; place < pixels.length; place += 4) {
        const [red = 0, green = 0, blue = 0] = pixels.subarray(place, place + 3);
        most = Math.max(most, Math.max(red, green, blue) - Math.min(red, green, blue));
      }
      return most;
    },
    ink: async (index, x, y, width, height) => {
      const scale = 3;
      const { context, viewport } = await draw(index, scale);
      const [left = 0, top = 0] = viewport.convertToViewportPoint(x, y + height);
      const { data: pixels } = context.getImageData(left, top, width * scale, height * scale);
      const reds = pixels.filter((_, place) => place % 4 === 0);
      return reds.filter((red) => red < 128).length / reds.length;
    },
  };
}

interface Canvas {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

/** The reader brings a canvas for Node, which its types do not tell of. */
const makeCanvas = (factory: object, width: number, height: number): Canvas =>
  (factory as { create: (width: number, height: number) => Canvas }).create(Math.ceil(width), Math.ceil(height));

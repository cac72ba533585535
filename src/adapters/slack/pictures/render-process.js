import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

// A process of its own, which draws an SVG each time it is given one, and ends with the bot. In plain JavaScript: Node's type stripper would take time
// and memory for it.
const fontFiles = [import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'), import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')].map(
  (address) => fileURLToPath(address),
);

process.on('message', ({ id, svg, zoom }) => {
  process.send?.({ id, ...draw(svg, zoom) });
  // Twenty megabytes of pixels, of which the collector knows nothing.
  globalThis.gc?.();
});

function draw(svg, zoom) {
  try {
    const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' };
    return { png: new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, font }).render().asPng() };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Parts of the devtools that the stories use as well. They are internal: applications cannot import them. */
export { ConnectionRecorder, type InspectedConnection } from '../../src/devtools/connectionRecorder.js';
export { describeEvent, formatCloseCode } from '../../src/devtools/eventTexts.js';
export { formatBytes, formatCount, formatTime } from '../../src/devtools/format.js';
export { styles as devtoolsStyles } from '../../src/devtools/styles.js';
export { TimelineStrip } from '../../src/devtools/TimelineStrip.js';
export { useNow } from '../../src/devtools/useNow.js';

/** @type {import('next').NextConfig} */
export default {
  // The folder of the application is the whole project: no other lock file is looked for.
  turbopack: { root: import.meta.dirname },
  devIndicators: false,
};

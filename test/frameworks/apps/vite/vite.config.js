import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    react({
      babel: { plugins: [['babel-plugin-react-compiler', { panicThreshold: 'all_errors' }]] },
    }),
  ],
  // Older than the library is published for. The test looks for the compiler's work in the output.
  build: { target: 'es2020', minify: false },
});

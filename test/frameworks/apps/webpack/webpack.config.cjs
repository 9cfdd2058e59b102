module.exports = {
  mode: 'production',
  entry: './shared/start.jsx',
  performance: { hints: false },
  module: {
    rules: [
      {
        test: /\.jsx$/,
        // Packages are taken as they are.
        exclude: /node_modules/,
        loader: 'babel-loader',
        options: { presets: [['@babel/preset-react', { runtime: 'automatic' }]] },
      },
    ],
  },
};

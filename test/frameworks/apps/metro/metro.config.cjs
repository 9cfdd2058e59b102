// What matters here of the default configuration of React Native.
module.exports = {
  projectRoot: __dirname,
  resolver: {
    resolverMainFields: ['react-native', 'browser', 'main'],
    unstable_conditionNames: ['react-native'],
    unstable_enablePackageExports: process.env.PACKAGE_EXPORTS === 'true',
  },
};

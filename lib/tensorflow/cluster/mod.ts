/**
 * Several processes, on one machine or on many, that calculate together by TensorFlow's cluster
 * runtime: what {@linkcode clusterSpec} finds in the environment, {@linkcode joinCluster} joins.
 *
 * @module
 */
export { Cluster } from "./cluster.ts";
export { type ClusterSpec, clusterSpec, parseClusterSpec } from "./cluster_spec.ts";
export { type Reduction } from "./collectives.ts";
export { joinCluster, type JoinClusterOptions } from "./join_cluster.ts";

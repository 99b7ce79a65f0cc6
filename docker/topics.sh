#!/bin/sh
# Creates the topics of Plumbline; a topic that exists stays as it is. usage: topics.sh BOOTSTRAP [REPLICATION]
# Times are those of Kafka, not of devices; records stay for 30 days, and of compacted topics the newest of each key, and every one for six hours: charts begin there
# after a restart of the control plane.
set -eu
bootstrap=$1
replication=${2:-1}
create() {
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$bootstrap" --create --if-not-exists \
    --topic "$1" --partitions "$2" --replication-factor "$replication" --config cleanup.policy="$3" \
    --config message.timestamp.type=LogAppendTime --config retention.ms=2592000000 \
    --config min.compaction.lag.ms=21600000
}
create plumbline.results.v1 4 delete
create plumbline.model-stats.v1 4 delete
create plumbline.labels.v1 4 delete
create plumbline.model-health.v1 1 compact
create plumbline.verdicts.v1 1 delete
create plumbline.recalibrations.v1 1 delete
create plumbline.calibration.v1 1 delete
create plumbline.rollouts.v1 1 delete
create plumbline.assignments.v1 1 compact
create plumbline.policies.v1 1 compact
create plumbline.alerts.v1 1 compact
create plumbline.gateway-events.v1 1 delete
create plumbline.dead-letters.v1 1 delete

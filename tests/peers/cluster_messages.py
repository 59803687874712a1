"""Reads our messages of a cluster with Python's TensorFlow, for a comparison with its own.

Reads tests/tensorflow/cluster/messages.json and fails if a message in it is not the one that is put
together here. Run once, with TensorFlow, from the root of a checkout:

    python tests/peers/cluster_messages.py
"""

import json

from tensorflow.core.protobuf import config_pb2, tensorflow_server_pb2

CHIEF = "/job:worker/replica:0/task:0"

with open("tests/tensorflow/cluster/messages.json", encoding="utf-8") as file:
    ours = json.load(file)
workers = ours["spec"]["workers"]

config = config_pb2.ConfigProto()
config.experimental.collective_group_leader = CHIEF
coordination = config.experimental.coordination_config
coordination.service_type = "standalone"
coordination.service_leader = CHIEF
coordination.enable_health_check = True
coordination.cluster_register_timeout_in_ms = ours["timeouts"]["start"]
coordination.cluster_register_with_barrier = True
coordination.heartbeat_timeout_in_ms = ours["timeouts"]["heartbeat"]
coordination.coordinated_job_list.add(name="worker", num_tasks=len(workers))

server = tensorflow_server_pb2.ServerDef(
    job_name="worker", task_index=ours["spec"]["index"], protocol="grpc"
)
job = server.cluster.job.add(name="worker")
for index, address in enumerate(workers):
    job.tasks[index] = address
server.default_session_config.CopyFrom(config)

for name, expected in {"configProto": config, "serverDef": server}.items():
    read = type(expected).FromString(bytes.fromhex(ours[name]))
    assert read == expected, f"{name} is\n{read}, expected\n{expected}"
    print(f"{name}: {len(ours[name]) // 2} bytes, as expected")

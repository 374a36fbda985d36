"""A client of Debian's grpcio: calls a server with the published proto, and prints what it was told as JSON.

Usage: client.py HOST:PORT FOLDER, where FOLDER holds open_inference_grpc_pb2.py, which protoc wrote.
"""
import json
import struct
import sys

import grpc

address, folder = sys.argv[1:]
sys.path.insert(0, folder)
import open_inference_grpc_pb2 as pb  # noqa: E402

ROWS = [[1.0, 2.0, 3.0, 4.0], [9.0, -9.0, 9.0, -9.0], [0.5, 0.25, 0.0, -1.5]]
VALUES = [value for row in ROWS for value in row]

channel = grpc.insecure_channel(address, options=[("grpc.max_send_message_length", -1)])


def call(method, request, response, compression=None):
    invoke = channel.unary_unary("/inference.GRPCInferenceService/" + method, request_serializer=type(request).SerializeToString, response_deserializer=response.FromString)
    return invoke(request, timeout=300, compression=compression)


def request(datatype="FP64", **more):
    message = pb.ModelInferRequest(model_name="numbers", id="py", **more)
    message.inputs.add(name="values", datatype=datatype, shape=[len(ROWS), 4])
    return message


def fails(action):
    try:
        action()
    except grpc.RpcError as error:
        return [error.code().name, error.details()]
    return ["OK", ""]


typed = request()
typed.inputs[0].contents.fp64_contents.extend(VALUES)
typed_answer = call("ModelInfer", typed, pb.ModelInferResponse)

raw = request("FP32")
raw.raw_input_contents.append(struct.pack("<12f", *VALUES))
raw_answer = call("ModelInfer", raw, pb.ModelInferResponse)
zipped_answer = call("ModelInfer", raw, pb.ModelInferResponse, compression=grpc.Compression.Gzip)

mixed = request()
mixed.inputs[0].contents.fp64_contents.extend(VALUES)
mixed.raw_input_contents.append(b"")
short = request("FP32")
short.raw_input_contents.append(b"1234")
unknown = pb.ModelInferRequest(model_name="none")

many = pb.ModelInferRequest(model_name="numbers")
many.inputs.add(name="values", datatype="FP32", shape=[90000, 4])
many.raw_input_contents.append(bytes(90000 * 16))
many.outputs.add(name="label")

metadata = call("ModelMetadata", pb.ModelMetadataRequest(name="numbers"), pb.ModelMetadataResponse)
print(json.dumps({
    "live": call("ServerLive", pb.ServerLiveRequest(), pb.ServerLiveResponse).live,
    "ready": call("ServerReady", pb.ServerReadyRequest(), pb.ServerReadyResponse).ready,
    "model_ready": call("ModelReady", pb.ModelReadyRequest(name="numbers"), pb.ModelReadyResponse).ready,
    "server": call("ServerMetadata", pb.ServerMetadataRequest(), pb.ServerMetadataResponse).name,
    "inputs": [[tensor.name, tensor.datatype, list(tensor.shape)] for tensor in metadata.inputs],
    "typed": list(typed_answer.outputs[0].contents.fp32_contents),
    "typed_labels": list(typed_answer.outputs[1].contents.bool_contents),
    "id": typed_answer.id,
    "raw": list(struct.unpack("<3f", raw_answer.raw_output_contents[0])),
    "zipped": list(struct.unpack("<3f", zipped_answer.raw_output_contents[0])),
    "many": len(call("ModelInfer", many, pb.ModelInferResponse).raw_output_contents[0]),
    "mixed": fails(lambda: call("ModelInfer", mixed, pb.ModelInferResponse)),
    "short": fails(lambda: call("ModelInfer", short, pb.ModelInferResponse)),
    "unknown": fails(lambda: call("ModelInfer", unknown, pb.ModelInferResponse)),
}))

// Templates as GetTemplate gives them: as a person wrote them, in JSON or YAML.

const YAML = `AWSTemplateFormatVersion: 2010-09-09
Description: The shop   # as it was deployed
Parameters:
  Stage: { Type: String, Default: prod }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:   # everything
  # The orders of the shop.
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: pk
          AttributeType: S
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      StreamSpecification: { StreamViewType: KEYS_ONLY }
      Tags:
        - Key: account
          Value: '012345678901'
        - Key: stage
          Value: !If [IsProd, !Ref Stage, "0123"]
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: dynamodb:GetItem
                Resource: !GetAtt Orders.Arn
      Description: !Sub |
        Reads \${Orders}

        in \${AWS::Region}
Outputs:
  StreamArn:
    Value: !GetAtt Orders.StreamArn
    Export: { Name: !Sub "\${AWS::StackName}-stream" }
`;

const JSON_TEXT = `${JSON.stringify(
  {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      Orders: {
        Type: 'AWS::DynamoDB::Table',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          TableName: 'orders',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Orders', 'Arn'] } } },
  },
  null,
  1,
)}\n`;

const WINDOWS = YAML.replaceAll('\n', '\r\n');

/** One of each form: blocks of YAML, JSON, and lines that end as on Windows. */
export const STACK_TEMPLATES: readonly string[] = [YAML, JSON_TEXT, WINDOWS];

/** A stack in YAML with short tags, comments, a parameter, a role and an output that is exported. */
export const YAML_TEMPLATE = YAML;

/** A stack in JSON. */
export const JSON_TEMPLATE = JSON_TEXT;

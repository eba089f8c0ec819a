import type { CoveredDocument } from './statement';
import { clients } from './statements/clients';
import { permissions } from './statements/permissions';
import { resources } from './statements/resources';
import { searchAndStorage } from './statements/searchAndStorage';
import { understanding } from './statements/understanding';

export const onYourDataChinese: CoveredDocument = {
  seed: 'on-your-data.zh-tw',
  about: 'Traditional Chinese: use Azure OpenAI On Your Data securely. The older version of on-your-data.fr.',
  sections: [
    {
      name: '安全地在您的數據上使用 Azure OpenAI',
      sentences: [
        ['使用本文', understanding.aim],
        ['本文僅適用於搭配文字', understanding.textOnly],
      ],
    },
    {
      name: '數據擷取架構',
      sentences: [
        ['本機檔案或 URL', understanding.ingestionSources],
        ['步驟 1 和 2', understanding.ingestionFlow],
        ['兩個索引器、兩個索引', understanding.ingestionObjects],
        ['排程的重新整理觸發', understanding.scheduledRefresh],
        ['preprocessing-jobs', understanding.skillProtocol],
        ['啟發學習法演算法', understanding.chunking],
        ['選擇啟用向量搜尋', understanding.vectorSearch],
        ['觸發第二個索引器', understanding.secondIndexer],
        ['僅支持系統指派', understanding.systemIdentitiesOnly],
      ],
    },
    {
      name: '推斷架構',
      sentences: [
        ['在推斷期間擷取索引字段', understanding.contributorAtInference],
        ['推斷要求中提供內嵌部署', understanding.embeddingAtInference],
      ],
    },
    {
      name: '檔層級訪問控制',
      sentences: [
        ['僅支援 Azure AI 搜尋', understanding.searchOnly],
        ['安全性篩選器', understanding.offersFilters],
        ['您只能在現有的', understanding.existingIndexOnly],
        ['註冊您的應用程式', understanding.registerApplication],
        ['使用其允許的群組', understanding.fieldSchema],
        ['是預設功能變數名稱', understanding.fieldName],
        ['每個敏感性檔', understanding.everyDocument],
        ['新增您的數據源', understanding.mapInStudio],
      ],
    },
    {
      name: '檔層級訪問控制 / Azure OpenAI 工作室',
      sentences: [['連線 Azure AI 搜尋服務索引', understanding.studioTrims]],
    },
    {
      name: '檔層級訪問控制 / Web 應用程式',
      sentences: [['必須重新部署', understanding.redeployWebApp]],
    },
    {
      name: '檔層級訪問控制 / API',
      sentences: [
        ['傳遞 filter 參數', understanding.filterInEachRequest],
        ['"dataSources"', understanding.filterExample],
        ['是您在欄位對應期間', understanding.fieldInFilter],
        ['已登入使用者的群組', understanding.groupsInFilter],
      ],
    },
    {
      name: '資源設定',
      sentences: [
        ['即使您打算只保護', resources.everySection],
        ['停用公用網路的相關', resources.publicNetworkOff],
        ['具有IP規則的選取網路', resources.noAddressRules],
        ['bash 腳本來驗證', resources.validationScript],
      ],
    },
    {
      name: '建立資源群組',
      sentences: [
        ['建立資源群組,以便', resources.resourceGroup],
        ['一個虛擬網路', resources.oneNetwork],
        ['三個主要服務', resources.threeServices],
        ['三個私人端點', resources.threeEndpoints],
        ['三個網路介面', resources.threeInterfaces],
        ['一個虛擬網路閘道', resources.oneGateway],
        ['已整合虛擬網路的', resources.oneWebApp],
        ['私用 DNS 區域', resources.oneZone],
      ],
    },
    {
      name: '建立虛擬網路',
      sentences: [
        ['有三個子網', resources.threeSubnets],
        ['第一個子網', resources.endpointSubnet],
        ['會自動建立第二個子網', resources.gatewaySubnetByItself],
        ['第三個子網是空的', resources.webAppSubnet],
        ['且您無法看到它', resources.managedNetwork],
      ],
    },
    {
      name: '設定 Azure OpenAI / 已啟用自定義子域',
      sentences: [
        ['應該已經建立自定義子域', resources.subdomainFromPortal],
        ['區域需要自定義子域', resources.subdomain],
      ],
    },
    {
      name: '設定 Azure OpenAI / 啟用受控識別',
      sentences: [
        ['為 Azure OpenAI 服務指派', resources.openAiIdentity],
        ['透過管理 API 設定', resources.openAiIdentityByApi],
      ],
    },
    {
      name: '設定 Azure OpenAI / 啟用信任的服務',
      sentences: [
        ['略過 Azure AI 搜尋作為', resources.openAiTrustsSearch],
        ['會驗證 JSON Web 令牌', resources.trustByToken],
        ['Azure AI 搜尋必須使用', resources.searchCallsWithIdentity],
        ['networkAcls.bypass', resources.bypass],
        ['無法使用 Azure 入口網站', resources.bypassNotInPortal],
        ['才能略過此步驟', resources.skipWithSharedLink],
      ],
    },
    {
      name: '設定 Azure OpenAI / 停用公用網路存取',
      sentences: [
        ['停用 Azure OpenAI 資源的', resources.openAiPublicOff],
        ['連線到 Azure OpenAI 資源的私人端點', resources.openAiEndpoint],
      ],
    },
    {
      name: '[設定 Azure AI 搜尋]',
      sentences: [
        ['使用基本定價層和更高層級', searchAndStorage.tier],
        ['如果您使用 S2 定價層', searchAndStorage.advancedTier],
      ],
    },
    {
      name: '[設定 Azure AI 搜尋] / 啟用受控識別',
      sentences: [['允許其他資源使用', searchAndStorage.searchIdentity]],
    },
    {
      name: '[設定 Azure AI 搜尋] / 啟用角色型訪問控制',
      sentences: [
        ['選取 [兩者]', searchAndStorage.searchBoth],
        ['"aadOrApiKey"', searchAndStorage.searchRolesByApi],
        ['您無法停用 Azure AI 搜尋的', searchAndStorage.studioNeedsKeys],
        ['建議您停用 API 密鑰', searchAndStorage.keysOffInProduction],
      ],
    },
    {
      name: '[設定 Azure AI 搜尋] / 停用公用網路存取',
      sentences: [
        ['停用 Azure AI 搜尋資源的公用', searchAndStorage.searchPublicOff],
        ['連線到 Azure AI 搜尋資源的私人端點', searchAndStorage.searchEndpoint],
        ['提交 應用程式表單', searchAndStorage.requestManagedEndpoint],
        ['您必須核准要求', searchAndStorage.approveManagedEndpoint],
        ['受控租使用者中布建', searchAndStorage.whereManagedEndpointIs],
      ],
    },
    {
      name: '[設定 Azure AI 搜尋] / [建立共用私人連結]',
      sentences: [
        ['應該略過此進階主題', searchAndStorage.skipSharedLink],
        ['僅適用於 S2 定價層', searchAndStorage.sharedLinkOnlyS2],
        ['openai_account', searchAndStorage.sharedLink],
        ['圖表的步驟 8', searchAndStorage.sharedLinkPath],
        ['共用私人連結也位於', searchAndStorage.sharedLinkPlace],
      ],
    },
    {
      name: '設定儲存體帳戶 / 啟用信任的服務',
      sentences: [
        ['略過 Azure OpenAI 和 Azure AI', searchAndStorage.storageTrusts],
        ['選擇 [選取的網络]', searchAndStorage.storageTrustsInPortal],
      ],
    },
    {
      name: '設定儲存體帳戶 / 停用公用網路存取',
      sentences: [
        ['停用 儲存體 帳戶的公用', searchAndStorage.storagePublicOff],
        ['連線到 Blob 記憶體的私人端點', searchAndStorage.storageEndpoint],
      ],
    },
    {
      name: '角色指派',
      sentences: [
        ['到目前為止', permissions.intro],
        ['Search Index Data Reader', permissions.openAiReadsIndexes],
        ['查詢自動欄位對應', permissions.openAiManagesIndexes],
        ['從輸入容器讀取', permissions.openAiWritesBlobs],
        ['自訂技能', permissions.searchCallsOpenAi],
        ['並寫入知識存放區', permissions.searchWritesBlobs],
        ['Assignee', permissions.assignees],
        ['系統管理員必須擁有', permissions.administrator],
        ['請參閱 Azure RBAC 檔', permissions.assigningRoles],
        ['若要讓開發人員使用', permissions.developers],
        ['呼叫公用擷取 API', permissions.developersCallOpenAi],
        ['Cognitive Services User', permissions.developersListKeys],
        ['列出 API 金鑰以從', permissions.developersUseSearch],
        ['列出帳戶 SAS', permissions.developersUseStorage],
        ['將 Web 應用程式部署至開發人員', permissions.developersDeployWebApp],
      ],
    },
    {
      name: '設定閘道和用戶端',
      sentences: [
        ['其中一種方法', clients.oneWayIn],
        ['建立虛擬網路的虛擬網路閘道', clients.gateway],
        ['新增點對站組態', clients.pointToSite],
        ['下載 Azure VPN 用戶端', clients.clientPackage],
        ['將資源主機名指向', clients.hostsFile],
        ['drivers\\etc', clients.hostsPlace],
        ['10.0.0.5 contoso.openai.azure.com', clients.hostsExample],
      ],
    },
    {
      name: 'Azure OpenAI 工作室',
      sentences: [['包括擷取和推斷', clients.studioWorks]],
    },
    {
      name: 'Web 應用程式',
      sentences: [
        ['會與您的 Azure OpenAI 資源通訊', clients.webAppPath],
        ['必須將 Azure OpenAI 主機名', clients.webAppResolves],
        ['建立私人 DNS 區域', clients.zone],
        ['新增 DNS 記錄', clients.record],
        ['將私人 DNS 區域連結至', clients.zoneLink],
        ['與虛擬網路相同的位置', clients.webAppRegion],
        ['保留給 Web 應用程式的第三個', clients.webAppIntegration],
      ],
    },
    {
      name: '使用 API',
      sentences: [['請確定您的登入認證', permissions.signedInRole]],
    },
    {
      name: '使用 API / 擷取 API',
      sentences: [
        ['擷取 API 參考文章', clients.ingestionReference],
        ['JOB_NAME', clients.jobIsIndex],
        ['而不是 api-key', clients.tokenNotKey],
        ['明確設定 storageEndpoint', clients.storageEndpointHeader],
        ['ResourceId=storageConnectionString', clients.storageByIdentity],
        ['searchServiceAdminKey', clients.noSearchKey],
        ['embeddingEndpoint', clients.noEmbeddingKey],
        ['提交作業範例', clients.submitJob],
        ['取得作業狀態範例', clients.jobStatus],
      ],
    },
    {
      name: '使用 API / 推斷 API',
      sentences: [['推斷 API 參考文章', clients.inferenceReference]],
    },
    {
      name: '使用適用於雲端的 Microsoft Defender',
      sentences: [
        ['與 Azure 資源整合', clients.defender],
        ['以證據為基礎的安全性警示', clients.defenderGives],
        ['來套用存取權', clients.defenderForm],
      ],
    },
  ],
};
